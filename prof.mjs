import { loadContender } from "./bench/translate/contenders.mjs";
import { loadInputs } from "./bench/translate/inputs.mjs";
for (const [m,d] of [["User","up"],["User","down"],["Batch","up"],["Batch","down"]]) {
  for (const c of process.argv.slice(2)) {
    const inputs = loadInputs(m,d); const f = await loadContender(c,m,d,inputs[0]);
    if(!f){console.log(m,d,c,'missing');continue}
    let best=Infinity; const n = m==="Batch"?30:6000; let i=0;
    for(let r=0;r<60;r++){ const s=performance.now(); for(let k=0;k<n;k++) f(inputs[i++ & (inputs.length-1)]); const t=(performance.now()-s)*1e6/n; if(t<best)best=t; }
    console.log(m,d,c,best.toFixed(0));
  }
}
