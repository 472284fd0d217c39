import { ChildProcess, spawn } from 'child_process';
import { inSpace, program } from './spaces';

/** A program of this folder that runs in one of the namespaces, answers each message with one, and ends with its parent. */
export class SpokenTo<Message extends object | string, Answer> {
  public static async start<Message extends object | string, Answer>(name: string, space: string): Promise<SpokenTo<Message, Answer>> {
    const child = spawn(...inSpace(space, [process.execPath, ...program(name)]), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const started = new SpokenTo<Message, Answer>(name, child);
    await started.answer(); // that it is ready
    return started;
  }

  private readonly ended: Promise<never>;

  private constructor(name: string, private readonly child: ChildProcess) {
    this.ended = new Promise((_, reject) => {
      child.on('error', reject).on('exit', () => reject(new Error(`the lab's program '${name}' ended`)));
    });
    this.ended.catch(() => {}); // after the last answer nobody waits for it
  }

  public async tell(message: Message): Promise<Answer> {
    this.child.send(message);
    return this.answer();
  }

  public end(): void {
    if (this.child.connected) this.child.disconnect();
  }

  private answer(): Promise<Answer> {
    return Promise.race([new Promise<Answer>(resolve => this.child.once('message', message => resolve(message as Answer))), this.ended]);
  }
}

/** The other end: answers each message of the parent, and ends with it. */
export function answerParent<Message, Answer>(answer: (message: Message) => Answer | Promise<Answer>): void {
  process.on('message', async (message: Message) => { process.send!(await answer(message)); });
  process.on('disconnect', () => process.exit());
  process.send!('ready');
}
