/** What authors can use in a lesson without importing it. */
import Answer from './Answer.astro';
import Aside from './Aside.astro';
import Bytes from './Bytes.astro';
import Chart from './Chart.astro';
import Check from './Check.astro';
import CodeBlock from './CodeBlock.astro';
import Differs from './Differs.astro';
import Exchange from './Exchange.astro';
import Exercise from './Exercise.astro';
import Figure from './Figure.astro';
import Heading from './Heading.astro';
import Hint from './Hint.astro';
import Machines from './Machines.astro';
import Matcher from './Matcher.astro';
import Outcome from './Outcome.astro';
import OwnProgram from './OwnProgram.astro';
import Packet from './Packet.astro';
import Predict from './Predict.astro';
import Proof from './Proof.astro';
import Quiz from './Quiz.astro';
import Remember from './Remember.astro';
import Source from './Source.astro';
import Sources from './Sources.astro';
import Term from './Term.astro';
import Why from './Why.astro';

export const components = {
  h2: Heading,
  pre: CodeBlock,
  Answer,
  Aside,
  Bytes,
  Chart,
  Check,
  Differs,
  Exchange,
  Exercise,
  Figure,
  Hint,
  Machines,
  Matcher,
  Outcome,
  OwnProgram,
  Packet,
  Predict,
  Proof,
  Quiz,
  Remember,
  Source,
  Sources,
  Term,
  Why,
};
