/** The recognition worker: wiring only. */
import { expose, proxy } from 'comlink';
import { IdbQuestionBank } from '../capture/question-bank.ts';
import { CacheModelStore } from '../model/model-store.ts';
import { openDatabase } from '../storage/database.ts';
import { canvasCropCodec } from './crop-codec.ts';
import { IdbExampleBank } from './example-bank.ts';
import { KeptEmbeddings } from './kept-embeddings.ts';
import { Recogniser } from './recogniser.ts';
import { holdWhileAlive } from './sign-of-life.ts';

/** Comlink hears messages from the first turn on, so what is exposed is a way to wait for the database. */
export type RecognitionWorker = () => Promise<Recogniser>;

const recogniser = openDatabase().then(
  (database) =>
    new Recogniser({
      models: new CacheModelStore(),
      examples: new IdbExampleBank(database),
      questions: new IdbQuestionBank(database),
      embeddings: new KeptEmbeddings(database),
      codec: canvasCropCodec,
      build: __BUILD__,
      // The page starts another worker, which finds a processor that works.
      onLost: () => {
        self.close();
      },
    }),
);

const connect: RecognitionWorker = async () => {
  await holdWhileAlive(self.name);
  return proxy(await recogniser);
};
expose(connect);
