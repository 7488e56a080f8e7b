import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How slowly a file may come in: in each stretch of this length at least so many bytes, until all are there. */
export interface UploadPace {
  stretchMs: number;
  leastBytes: number;
}

/** About 1 KB a second, which every line has; 128 MB at that pace take a day and a half. */
export const uploadPace: UploadPace = { stretchMs: 30_000, leastBytes: 32 * 1024 };

const timeoutCode = 'ERR_HTTP_REQUEST_TIMEOUT';
const lateness = (): Error => Object.assign(new Error('The upload has stalled.'), { code: timeoutCode });

interface Upload {
  response: ServerResponse;
  request: IncomingMessage;
  socket: Socket;
}

/** Already answered, as whoever may not upload is: what still comes in is held to the limit of every request. */
const isWanted = ({ request, response }: Upload): boolean => !request.complete && !response.writableEnded;

/**
 * Lets files to import take longer than other requests may, as long as they move. Node's limit for a whole request
 * stays what it is for everything else: it is told by the event `clientError`, and what is uploading is excused.
 */
export class UploadAllowance {
  private readonly uploads = new WeakMap<Socket, Upload>();

  constructor(private readonly pace: UploadPace = uploadPace) {}

  /** To be called before the server listens. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      const isUpload = request.method === 'POST' && request.routeOptions.url === '/api/imports';
      if (isUpload) this.admit(fastify, { request: request.raw, response: reply.raw, socket: request.raw.socket });
      done();
    });
    const answers = fastify.server.listeners('clientError');
    fastify.server.removeAllListeners('clientError');
    fastify.server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
      const upload = error.code === timeoutCode ? this.uploads.get(socket) : undefined;
      if (upload !== undefined && isWanted(upload)) return;
      for (const answer of answers) answer.call(fastify.server, error, socket);
    });
  }

  private admit(fastify: FastifyInstance, upload: Upload): void {
    const { request, response, socket } = upload;
    let before = socket.bytesRead;
    const timer = setInterval(() => {
      const isMoving = socket.bytesRead - before >= this.pace.leastBytes;
      before = socket.bytesRead;
      if (isMoving || !isWanted(upload)) return;
      this.uploads.delete(socket);
      fastify.server.emit('clientError', lateness(), socket);
    }, this.pace.stretchMs);
    timer.unref();
    this.uploads.set(socket, upload);
    const stop = (): void => {
      clearInterval(timer);
      if (this.uploads.get(socket) === upload) this.uploads.delete(socket);
    };
    for (const over of [request, response]) over.once('close', stop);
  }
}
