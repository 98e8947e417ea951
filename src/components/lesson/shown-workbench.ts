/** A page with one exercise needs nothing of it. */
if (document.querySelectorAll('.workbench-place').length > 1) void import('./several-exercises.ts');

export {};
