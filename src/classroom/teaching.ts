/**
 * Whether this browser is a teacher's, for the pages of lessons, and which class they had open last. It is a reminder
 * only: the server knows the teacher by a cookie that no script reads.
 */
const key = 'retained:teacher';

export function rememberClass(id: string): void {
  try {
    localStorage.setItem(key, id);
  } catch {
    // The pages of lessons offer nothing of a teacher's.
  }
}

export function classHere(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function forgetTeacher(): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
