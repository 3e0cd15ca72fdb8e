/** What the hub answers over HTTP: the app, models, the trust page, health and metrics. */
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import sirv from 'sirv';
import * as v from 'valibot';
import { modelHashSchema } from '../../protocol/ids.ts';
import type { ModelHash } from '../../protocol/ids.ts';
import { securityHeaders } from './headers.ts';
import { hostOf, isOnThisMachine } from './origin.ts';

/** An answer that is made in memory. */
export type Answer = {
  readonly contentType: string;
  readonly body: string | Uint8Array;
  /** Replaces the headers of every answer where they differ. */
  readonly headers?: Readonly<Record<string, string>>;
};

export type RouterOptions = {
  /** The built app. */
  readonly appDir: string;
  readonly modelFile: (model: ModelHash) => string | null;
  /** The model file at a path as an ONNX file. */
  readonly onnxOf: (path: string) => Promise<Uint8Array>;
  readonly health: () => object;
  readonly metrics: () => Promise<Answer>;
  /** Pages besides, by path. */
  readonly pages: ReadonlyMap<string, (request: IncomingMessage) => Answer>;
  readonly log: Logger;
};

const forEver = 'public, max-age=31536000, immutable';
const askAgain = 'no-cache';

export function createRouter(options: RouterOptions): RequestListener {
  const app = serveApp(options.appDir);
  return (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders(request))) response.setHeader(name, value);
    route(request, response, { ...options, app }).catch((error: unknown) => {
      options.log.error({ err: error, path: request.url }, 'a request could not be answered');
      if (!response.headersSent) plain(response, 500, 'The hub failed. Its log says why.');
      else response.destroy();
    });
  };
}

type Routes = RouterOptions & { readonly app: RequestListener };

async function route(request: IncomingMessage, response: ServerResponse, routes: Routes): Promise<void> {
  const path = pathOf(request);
  if (path === undefined) plain(response, 400, 'Expected a path and a Host.');
  else if (request.method !== 'GET' && request.method !== 'HEAD') plain(response, 405, 'Expected GET or HEAD.');
  else if (path === '/healthz')
    send(request, response, { contentType: 'application/json', body: JSON.stringify(routes.health()) });
  else if (path === '/metrics') {
    if (isOnThisMachine(request)) send(request, response, await routes.metrics());
    else plain(response, 403, 'Metrics are for this machine only.');
  } else if (path.startsWith('/models/')) await sendModel(request, response, path.slice('/models/'.length), routes);
  else {
    const page = routes.pages.get(path);
    if (page) send(request, response, page(request));
    else routes.app(request, response);
  }
}

function pathOf(request: IncomingMessage): string | undefined {
  const host = hostOf(request);
  return host && request.url?.startsWith('/') && URL.canParse(request.url, host)
    ? new URL(request.url, host).pathname
    : undefined;
}

/** After a model's hash: it is made for another program. */
const onnxSuffix = '.onnx';

/** A model is named by its hash, so it never changes and may be kept for ever. */
async function sendModel(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  { modelFile, onnxOf }: Routes,
): Promise<void> {
  const isOnnx = name.endsWith(onnxSuffix);
  const model = v.safeParse(modelHashSchema, isOnnx ? name.slice(0, -onnxSuffix.length) : name);
  const file = model.success ? modelFile(model.output) : null;
  if (!model.success || file === null) {
    plain(response, 404, 'No such model.');
    return;
  }
  if (isOnnx) {
    send(request, response, { contentType: 'application/octet-stream', body: await onnxOf(file) });
    return;
  }
  const tag = `"${model.output}"`;
  response.setHeader('ETag', tag);
  response.setHeader('Cache-Control', forEver);
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304).end();
    return;
  }
  const { size } = await stat(file);
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': size });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const stream = createReadStream(file);
  // A device that goes away in the middle asks again; a file that cannot be read ends the answer short of its length.
  stream.on('error', () => response.destroy());
  response.on('close', () => stream.destroy());
  stream.pipe(response);
}

function serveApp(dir: string): RequestListener {
  if (!existsSync(dir))
    return (_, response) => {
      plain(response, 503, 'The app is not built yet: start the hub with npm start.');
    };
  const serve = sirv(dir, {
    etag: true,
    brotli: true,
    setHeaders: (response, path) => {
      // Vite names what lies in assets/ after its content; all else, and the service worker above all, may change.
      response.setHeader('Cache-Control', path.startsWith('/assets/') ? forEver : askAgain);
    },
  });
  return (request, response) => {
    serve(request, response, () => {
      plain(response, 404, 'Nothing is here.');
    });
  };
}

function send(request: IncomingMessage, response: ServerResponse, { contentType, body, headers }: Answer): void {
  response.writeHead(200, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${text}\n`);
}
