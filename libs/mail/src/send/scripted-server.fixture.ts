import { createServer, type Server, type Socket } from 'node:net';

/** Replies by moment of the dialogue. `drop` closes the line, `hang` says nothing any more, `cut …` says half a line. */
export interface Script {
  greeting?: string;
  ehlo?: string;
  auth?: string;
  mail?: string;
  rcpt?: string;
  data?: string;
  /** After the final dot. */
  dot?: string;
}

const usual: Required<Script> = {
  greeting: '220 scripted ESMTP',
  ehlo: '250 scripted',
  auth: '235 welcome',
  mail: '250 sender ok',
  rcpt: '250 recipient ok',
  data: '354 go on',
  dot: '250 taken as 4711',
};

const moments: readonly [RegExp, keyof Script][] = [
  [/^(EHLO|HELO)/i, 'ehlo'],
  [/^AUTH/i, 'auth'],
  [/^MAIL/i, 'mail'],
  [/^RCPT/i, 'rcpt'],
  [/^DATA/i, 'data'],
];

/** An SMTP server that follows a script, for the servers one does not want to meet. */
export class ScriptedServer {
  /** Lines the client sent outside the content of mails. */
  readonly commands: string[] = [];
  /** Every byte that came after the 354, finished or not. */
  content = '';
  /** Contents that ended in a dot. */
  readonly finished: string[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private isInData = false;

  private constructor(private readonly script: Required<Script>) {
    this.server = createServer((socket) => this.serve(socket));
  }

  static async start(script: Script = {}): Promise<ScriptedServer> {
    const scripted = new ScriptedServer({ ...usual, ...script });
    await new Promise<void>((resolve) => scripted.server.listen(0, '127.0.0.1', resolve));
    return scripted;
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  get hasOpenLines(): boolean {
    return this.sockets.size > 0;
  }

  dropLines(): void {
    this.sockets.forEach((socket) => socket.destroy());
  }

  stop(): Promise<void> {
    this.dropLines();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => socket.destroy());
    let rest = '';
    socket.setEncoding('latin1').on('data', (text) => {
      const lines = (rest + String(text)).split('\r\n');
      rest = lines.pop() ?? '';
      lines.forEach((line) => this.take(line, socket));
    });
    this.reply('greeting', socket);
  }

  private take(line: string, socket: Socket): void {
    if (!this.isInData) {
      this.commands.push(line);
      const moment = moments.find(([pattern]) => pattern.test(line))?.[1];
      this.isInData = moment === 'data' && this.script.data.startsWith('354');
      return moment ? this.reply(moment, socket) : void socket.end('221 bye\r\n');
    }
    if (line === '.') {
      this.isInData = false;
      this.finished.push(this.content);
      return this.reply('dot', socket);
    }
    this.content += `${line}\r\n`;
  }

  private reply(moment: keyof Script, socket: Socket): void {
    const reply = this.script[moment];
    if (reply === 'drop') {
      socket.destroy();
    } else if (reply.startsWith('cut ')) {
      socket.end(reply.slice('cut '.length));
    } else if (reply !== 'hang') {
      socket.write(`${reply}\r\n`);
    }
  }
}
