/** Of light paper and, where the reader's is dark, of dark; text in a bar has the contrast of 4.5 to 1 on both. */
export const style = [
  "text{font:12px ui-monospace,Menlo,Consolas,monospace;fill:#1f2328;white-space:pre}",
  ".title{font-size:16px;font-weight:bold}.quiet,.tick{fill:#59636e}.tick,.now{text-anchor:middle;font-size:11px}",
  ".name,.before{text-anchor:end}.inside,.before,.behind{font-size:11px}.before,.behind{paint-order:stroke;stroke:#fff;stroke-width:4px}.paper{fill:#fff}.grid{stroke:#d1d9e0}",
  ".today{stroke:#a40e26;stroke-width:1.5}.now{fill:#a40e26;font-weight:bold}",
  ".bar{stroke-width:1}.EXPERIMENTAL{fill:#e6dcfa;stroke:#8250df}.STABLE{fill:#d3f0d9;stroke:#1a7f37}",
  ".FROZEN{fill:#d6e8fc;stroke:#0969da}.DEPRECATED{fill:#fbe8b8;stroke:#9a6700}.overdue{fill:#ffd7d5;stroke:#a40e26}",
  ".open{stroke-dasharray:4 3}.late{stroke:#a40e26;stroke-width:2;stroke-dasharray:2 3}",
  "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.paper{fill:#0d1117}.quiet,.tick{fill:#9198a1}.grid{stroke:#30363d}",
  ".before,.behind{stroke:#0d1117}.today,.late{stroke:#ff8b84}.now{fill:#ff8b84}.EXPERIMENTAL{fill:#3b2a5c;stroke:#ab7df8}.STABLE{fill:#12361f;stroke:#3fb950}",
  ".FROZEN{fill:#10305a;stroke:#4493f8}.DEPRECATED{fill:#4a3505;stroke:#d29922}.overdue{fill:#5c1a1a;stroke:#ff8b84}}",
].join("");
