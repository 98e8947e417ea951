/**
 * The folder of the built site with the pages that only a teacher gets. Its name begins with a point: the server
 * serves no such path of the site to anybody.
 */
export const teacherFolder = '.teacher';
/** The addresses of these pages, below the site's base. */
export const teacherPage = /^\/(en|zh-tw)\/answers\/?$/;
