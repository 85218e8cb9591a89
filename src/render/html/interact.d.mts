/** Runs in a browser: its source is put into the page. */
export function interact(): void;
