/** An injected fault, which lasts until it is cleared or has occurred `times` times. */
export type Fault = { times?: number } & (
  | { readonly fault: 'worker-missing'; readonly stage: string }
  | {
      readonly fault: 'worker-slow';
      readonly stage: string;
      /** Only requests whose path contains it. */
      readonly path?: string;
      readonly seconds: number;
    }
  | {
      readonly fault: 'worker-failing';
      readonly stage: string;
      readonly path?: string;
      readonly status: number;
    }
  | { readonly fault: 'worker-in-web-mode'; readonly stage: string }
  | {
      readonly fault: 'worker-rejects-token';
      readonly stage: string;
      readonly path?: string;
      readonly reason: string;
    }
  | {
      readonly fault: 'call';
      readonly code: number;
      readonly method?: string;
      readonly path?: string;
      readonly message?: string;
    }
);
