/**
 * Trains the end of the network, no deeper than the room needs and the time allows: the deeper, the more it can learn, and
 * the more it forgets.
 */
import { chooseCut } from './choose-cut.ts';
import { workAfter } from './cuts.ts';
import { Lesson } from './lesson.ts';
import type { LessonPlan, TailRun, TailTools, TrainedTail } from './lesson.ts';

/** Of the head alone: it takes a larger rate. */
const ofHead = { steps: 120, rate: 1e-3 };
/** From the last cut before the embedding. */
const ofEnd = { steps: 60, rate: 3e-4 };
/** From earlier cuts: what is forgotten at first takes longer to come back. */
const ofDepth = { steps: 180, rate: 3e-4 };

/** Raising, rounding and judging a candidate take about as long as so many steps. */
const checkingSteps = 40;

/** The part of the room's own views that has to be right, or deeper training is worth its time. Some may be labelled wrong. */
const enough = 0.75;

/**
 * Trains from the last cut before the embedding; the head alone, when there is none or the first steps show that there is no
 * time for that.
 * When that does not teach the room its own pictures, begins again from the deepest cut for which there is time.
 * `untilMs`: when the round should have ended, by the tools' clock. The room has something to learn from.
 */
export async function trainTail(run: TailRun, tools: TailTools, untilMs: number): Promise<TrainedTail> {
  const { cuts, model } = run.base;
  const head = model.spec.embedding;
  const shallow = cuts.at(-2);
  if (shallow === undefined) return await trained({ ...ofHead, cut: head }, run, tools);
  const first = await inTime({ ...ofEnd, cut: shallow }, run, tools, untilMs);
  if (!first) return await trained({ ...ofHead, cut: head }, run, tools);
  if (first.right >= enough) return first;
  const deeper = chooseCut(
    cuts.slice(0, -2).map((layer) => ({ layer, work: workAfter(run.start.spec, layer) })),
    { stepMs: first.stepMs, work: workAfter(run.start.spec, shallow) },
    ofDepth.steps + checkingSteps,
    untilMs - tools.now(),
  );
  return deeper === null ? first : await trained({ ...ofDepth, cut: deeper }, run, tools);
}

async function trained(plan: LessonPlan, run: TailRun, tools: TailTools): Promise<TrainedTail> {
  const lesson = await Lesson.begin(plan, run, tools);
  try {
    return await lesson.finish();
  } finally {
    await lesson.dispose();
  }
}

/** Null when the first steps show that the others would take too long. */
async function inTime(plan: LessonPlan, run: TailRun, tools: TailTools, untilMs: number): Promise<TrainedTail | null> {
  const lesson = await Lesson.begin(plan, run, tools);
  try {
    const stepMs = await lesson.pace();
    if (tools.now() + stepMs * (plan.steps + checkingSteps) > untilMs) return null;
    return await lesson.finish();
  } finally {
    await lesson.dispose();
  }
}
