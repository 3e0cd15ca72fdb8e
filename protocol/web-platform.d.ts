/** What browsers and Node both have and TypeScript knows only with the DOM's or Node's types: no more than protocol uses. */
declare const crypto: {
  readonly subtle: { digest(algorithm: 'SHA-256', data: Uint8Array): Promise<ArrayBuffer> };
};

interface ByteTransform {
  readonly readable: {
    getReader(): {
      read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>;
      cancel(): Promise<void>;
    };
  };
  readonly writable: {
    getWriter(): {
      write(bytes: Uint8Array): Promise<void>;
      close(): Promise<void>;
    };
  };
}

declare const CompressionStream: new (format: 'deflate-raw') => ByteTransform;
declare const DecompressionStream: new (format: 'deflate-raw') => ByteTransform;
