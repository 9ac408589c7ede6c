/**
 * How much content is compressed by itself: what has to be inflated to read one message. Less of it compresses
 * worse.
 */
export const blockBytes = 256 * 1024;

/** No more is inflated than this, whatever a pack says of itself. */
export const maxHeaderBytes = 64 * 1024 * 1024;
export const maxIndexBytes = 256 * 1024 * 1024;
export const maxContentBytes = 2 ** 32;
