// Where somebody was going who has to sign in first. The link in the mail opens a
// tab of its own, so all tabs know of it, for as long as a link is good for.
const kept = 'goal';
const life = 60 * 60 * 1000;

// aim keeps a path of ours for after signing in.
export function aim(path: string) {
  try {
    localStorage.setItem(kept, JSON.stringify({ path, until: Date.now() + life }));
  } catch {
    // Then one begins at the start.
  }
}

// goal is where to go now that one is in. It is given once.
export function goal(): string {
  try {
    const { path, until } = JSON.parse(localStorage.getItem(kept) ?? '{}');
    localStorage.removeItem(kept);
    // A path alone: what begins with two slashes is another's host.
    return Date.now() < until && /^\/(?![/\\])/.test(path) ? path : '/';
  } catch {
    return '/';
  }
}
