/** Names that the build puts into the app. */
/// <reference types="vite/client" />
/// <reference types="@webgpu/types" />

/** When this build was made, as an ISO date: a new one measures the backends again. */
declare const __BUILD__: string;

/** The version of the package. */
declare const __VERSION__: string;
