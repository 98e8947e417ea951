/** The parts of the course as packages for learning platforms, `npm run build:scorm`. */
import { course, lessonPages, type CoursePage, type Part } from './course.ts';
import { languages, type Language } from '../i18n/index.ts';
import { file } from './paths.ts';

export interface PartPackage {
  language: Language;
  part: Part;
  /** 1, 2, 3 … */
  number: number;
  /** Its written lessons, in order. */
  pages: CoursePage[];
}

/** All of them, in both languages. */
export async function partPackages(): Promise<PartPackage[]> {
  const pages = await lessonPages();
  const all = languages.flatMap((language) =>
    course.map((part, at) => ({
      ...{ language, part, number: at + 1 },
      pages: pages.filter((page) => page.language === language && page.part.id === part.id),
    })),
  );
  return all.filter((one) => one.pages.length > 0);
}

/** The address of a lesson's page in its part's package; in the zip it is `<lesson>/index.html`. */
export const packaged = ({ language, part }: PartPackage, lesson: string): string =>
  file(`package/${language}/${part.id}/${lesson}/`);

/** The exercises that a browser alone can pass. */
export const counted = ({ exercises, outside }: CoursePage): string[] =>
  exercises.filter((id) => !outside.includes(id));
