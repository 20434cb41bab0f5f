import type { Socket } from 'node:net';
import http2 from 'node:http2';
import { Duplex } from 'node:stream';

/** The code of google.rpc for a method that does not exist. */
const UNIMPLEMENTED = '12';
const MESSAGE =
  'The sandbox serves REST only: tell the client to use its REST transport (sandbox/README.md says how).';
const CLOSE = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n';

/**
 * Answers what is not HTTP/1: calls of gRPC clients get UNIMPLEMENTED, because without an answer they
 * try for minutes. Clients that insist on TLS cannot be answered; their connection is closed.
 */
export function answerGrpc({ rawPacket }: { rawPacket?: unknown }, socket: Socket): void {
  if (!Buffer.isBuffer(rawPacket) || !rawPacket.toString('latin1').startsWith('PRI * HTTP/2.0')) {
    if (socket.writable) socket.end(CLOSE);
    else socket.destroy();
    return;
  }
  for (const event of ['data', 'end', 'error', 'close', 'timeout']) {
    socket.removeAllListeners(event);
  }
  const session = http2.performServerHandshake(replay(socket, rawPacket));
  session.on('error', () => socket.destroy());
  session.on('stream', (stream) => {
    stream.on('error', () => undefined);
    stream.respond(
      {
        ':status': 200,
        'content-type': 'application/grpc',
        'grpc-status': UNIMPLEMENTED,
        'grpc-message': MESSAGE,
      },
      { endStream: true },
    );
  });
}

/** A connection of which the first bytes have been read already. */
function replay(socket: Socket, first: Buffer): Duplex {
  const stream = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, encoding, done) => {
      socket.write(chunk, encoding, done);
    },
    final: (done) => {
      socket.end(done);
    },
    destroy: (reason, done) => {
      socket.destroy();
      done(reason);
    },
  });
  stream.push(first);
  socket.on('data', (chunk) => stream.push(chunk));
  socket.on('end', () => stream.push(null));
  socket.on('error', () => stream.destroy());
  socket.on('close', () => stream.destroy());
  socket.resume();
  return stream;
}
