import { readFileSync } from 'node:fs';
import { adaptHead } from '../protocol/learning/heads/adapted-head.ts';
import { seededRandom, shuffled } from '../protocol/learning/random.ts';
import { meanOf } from '../server/training/inference.ts';
const d=1280; const f32=(p:string)=>{const b=readFileSync(p); return new Float32Array(b.buffer.slice(b.byteOffset,b.byteOffset+b.length));};
const all=f32('/tmp/im/emb.bin'), pr=f32('/tmp/im/probes.bin'); const rows=JSON.parse(readFileSync('/tmp/im/rows.json','utf8')) as string[][];
const emb=rows.map((_,i)=>all.slice(i*d,(i+1)*d));
const true_=meanOf(emb), probe=meanOf([0,1,2].map(i=>pr.slice(i*d,(i+1)*d)));
const cos=(a:Float32Array,b:Float32Array)=>{let ab=0,aa=0,bb=0;for(let i=0;i<d;i++){ab+=a[i]!*b[i]!;aa+=a[i]!**2;bb+=b[i]!**2}return ab/Math.sqrt(aa*bb)};
console.log('cos(true,probe)',cos(true_,probe),'true mean avg',true_.reduce((a,b)=>a+b)/d,'max',Math.max(...true_), 'dead channels on probes',[...Array(d).keys()].filter(c=>probe[c]===0).length,'dead in all',[...Array(d).keys()].filter(c=>true_[c]===0).length);
const rms=Math.sqrt(all.reduce((s,x)=>s+x*x,0)/all.length); let va=0; for(let i=0;i<emb.length;i+=7) for(let c=0;c<d;c++) va+=(emb[i]![c]!-true_[c]!)**2; console.log('rms',rms,'std',Math.sqrt(va/(Math.ceil(emb.length/7)*d)));
const byG=new Map<string,{tr:Float32Array[],te:Float32Array[]}>();
rows.forEach(([file='',label='',group=''],i)=>{const [set,split]=file.split('/'); const key=set==='grocery'?group:label; if(set!=='grocery')return; const g=byG.get(key)??{tr:[],te:[]};byG.set(key,g);(split==='train'?g.tr:g.te).push(emb[i]!);});
const names=[...byG.keys()].filter(k=>byG.get(k)!.tr.length>=8&&byG.get(k)!.te.length>=8); console.log(names.length);
for(const nEx of [1,3,10]) for(const [mn,mk] of Object.entries({zero:()=>new Float32Array(d),probe:()=>probe,true:()=>true_,examples:(e:Float32Array[])=>meanOf(e)})){
 let right=0,n=0,kIn=0,kOut=0,nOut=0;
 for(let seed=1;seed<=8;seed++){ const r=seededRandom(seed); const s=shuffled(names,r); const taught=s.slice(0,8),other=s.slice(8,16);
  const ex=taught.flatMap(l=>shuffled(byG.get(l)!.tr,r).slice(0,nEx).map(e=>({embedding:e,label:l})));
  const mean=(mk as any)(ex.map(e=>e.embedding));
  const head=adaptHead({kernel:new Float32Array(d),bias:new Float32Array(1),labels:['~else']},ex,{mean});
  const said=(e:Float32Array)=>{const l=head.logits(e);let b=1;for(let i=2;i<l.length;i++)if(l[i]!>l[b]!)b=i; const m=Math.max(...l); const z=l.reduce((s,x)=>s+Math.exp(x-m),0); return {label:head.labels[b],p:Math.exp(l[b]!-m)/z}};
  for(const l of taught) for(const e of shuffled(byG.get(l)!.te,r).slice(0,8)){const a=said(e);n++;right+=+(a.label===l);kIn+=+(a.p>=.5);}
  for(const l of other) for(const e of shuffled(byG.get(l)!.te,r).slice(0,8)){nOut++;kOut+=+(said(e).p>=.5);} }
 console.log(nEx,mn,'acc',(right/n).toFixed(3),'known in',(kIn/n).toFixed(2),'known out',(kOut/nOut).toFixed(2));
}
