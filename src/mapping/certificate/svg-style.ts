/** Colours that people of any sight tell apart, each class with a stroke of its own besides; in light and dark. */
export const style = `<style>
text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#1f2328}
.title{font-size:16px;font-weight:bold}
.name{font-weight:bold}
.quiet{fill:#59636e}
.label{font-size:10px;paint-order:stroke;stroke:#ffffff;stroke-width:3px}
.end{text-anchor:end}
.middle{text-anchor:middle}
.page{fill:#ffffff}
.box{fill:#f6f8fa;stroke:#d1d9e0}
path{fill:none;stroke-width:1.5}
.ring{fill:#ffffff}
.ISO path,.ISO circle{stroke:#818b98}
.ISO .hub{fill:#818b98}
.LENS path,.LENS circle{stroke:#0969da;stroke-width:2}
.LENS .hub{fill:#0969da}
.PRISM path,.PRISM circle{stroke:#bc4c00;stroke-width:2}
.PRISM path{stroke-dasharray:7 3}
.PRISM .hub{fill:#bc4c00}
.OPAQUE path,.OPAQUE circle{stroke:#8250df;stroke-width:2}
.OPAQUE path{stroke-dasharray:2 3}
.OPAQUE .hub{fill:#8250df}
.ISO .label{fill:#59636e}
.LENS .label{fill:#0969da}
.PRISM .label{fill:#bc4c00}
.OPAQUE .label{fill:#8250df}
@media (prefers-color-scheme:dark){
text{fill:#e6edf3}
.quiet,.ISO .label{fill:#9198a1}
.page,.ring{fill:#0d1117}
.label{stroke:#0d1117}
.box{fill:#151b23;stroke:#3d444d}
.LENS path,.LENS circle{stroke:#4493f8}
.LENS .hub,.LENS .label{fill:#4493f8}
.PRISM path,.PRISM circle{stroke:#f0883e}
.PRISM .hub,.PRISM .label{fill:#f0883e}
.OPAQUE path,.OPAQUE circle{stroke:#ab7df8}
.OPAQUE .hub,.OPAQUE .label{fill:#ab7df8}
}
</style>`;
