// isAddress is whether a text looks like an e-mail address; the API looks closer.
export const isAddress = (text: string) => /^[^\s@]+@[^\s@]+$/.test(text);
