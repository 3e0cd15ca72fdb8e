import { openForeignFiles } from '../server/models/import/foreign-files.ts';
import { Original } from '../server/models/import/original.ts';
import { importedNetwork } from '../server/models/import/imported-network.ts';
import { probesOf } from '../server/models/probes.ts';
import { toInput } from '../protocol/learning/preprocess.ts';
const f=await openForeignFiles('/work/shared/models/mobilenetv2-0.35-224');
console.log(f.name,f.weightBytes);
let t=performance.now();
const o=await Original.load(f); console.log('load',performance.now()-t, o.layers.length);
const n=importedNetwork(f.name,o); console.log(n.spec.layers.length,n.spec.embedding,n.sha256, n.spec.layers.slice(0,4));
t=performance.now();
const p=await probesOf(n.spec,n.weights,2); console.log('probes',performance.now()-t);
for(const {input,logits} of p){ t=performance.now(); const a=o.features(n.features.layer,toInput({data:input,width:224,height:224,channels:3},224)); const d=a.reduce((m,x,i)=>Math.max(m,Math.abs(x-logits[i]!)),0); console.log(a.length,performance.now()-t,'max',Math.max(...a),'diff',d, 'mean',a.reduce((s,x)=>s+x,0)/a.length);}
for(const {input,logits} of p){ const a=o.features(n.features.layer,toInput({data:input,width:224,height:224,channels:3},224)); let dd=0,aa=0,bb=0,ab=0; a.forEach((x,i)=>{const y=logits[i]!; dd+=(x-y)**2;aa+=x*x;bb+=y*y;ab+=x*y}); console.log('rel rms',Math.sqrt(dd/aa),'cos',ab/Math.sqrt(aa*bb)); }
