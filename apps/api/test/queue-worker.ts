// Works on the queues of QUEUES in a process of its own, and says each job that it has run to whoever started it.
import { Config } from '../src/platform/config/config';
import { Queues } from '../src/platform/queue/queues';

/** In earnest it is half a minute. */
const LOST_AFTER_MS = 3000;

const queues = new Queues(new Config({ ...process.env }));
for (const queue of process.env.QUEUES?.split(',') ?? [])
  void queues.work(
    queue,
    1,
    // The job ends when it is said, so that a killed worker cannot have run one in silence.
    (job) => new Promise<void>((done) => process.send?.(`${queue} ${job.id}`, () => done())),
    LOST_AFTER_MS,
  );
