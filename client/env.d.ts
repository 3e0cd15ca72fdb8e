/** Names that the build puts into the app. */
/// <reference types="vite/client" />
/// <reference types="@webgpu/types" />

/** The hash of this build: a new one measures the backends again. */
declare const __BUILD__: string;
