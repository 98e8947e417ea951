/** Only the folder, which is started by a click, has this file beside the course. */
export const NODE_LICENCE = 'LICENSE of Node';
