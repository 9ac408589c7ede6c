@echo off
rem The same for Windows, where npm's own buf-plugin-proto4.cmd asks for an sh.
if "%*"=="--protocol" type "%~dp0protocol" & exit /b 0
if "%*"=="--spec" type "%~dp0spec" & exit /b 0
if "%*"=="--spec --format binary" type "%~dp0spec" & exit /b 0
if "%*"=="list-rules --format binary" type "%~dp0list-rules" & exit /b 0
if "%*"=="list-categories --format binary" type "%~dp0list-categories" & exit /b 0
if not "%*"=="check --format binary" goto other
node "%~dp0buf-plugin-proto4.cjs" %* || type "%~dp0failed"
exit /b 0
:other
node "%~dp0buf-plugin-proto4.cjs" %*
