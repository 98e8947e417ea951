/** Every picture has a text alternative; a lesson has at least one made from data. */
import { languages } from '../lesson.ts';
import type { LessonRule } from '../lesson-rule.ts';

const FROM_DATA = ['Exchange', 'Bytes', 'Packet', 'Matcher', 'Chart', 'Machines', 'TopicTree'];

export const pictures: LessonRule = ({ slug, pages }, report) => {
  for (const language of languages) {
    const page = pages[language];
    if (!page) continue;
    const where = `${slug}/${language}.mdx`;
    for (const { name, attributes, line } of page.elements) {
      const words = name === 'img' ? 'alt' : name === 'Figure' ? 'caption' : undefined;
      if (!words) continue;
      const given = attributes[words];
      const has = given === true || (given ?? '').trim() !== '';
      report.expect(has, `${where}:${line}`, `<${name}> has no ${words}`);
    }
    const drawn = page.elements.some(({ name }) => FROM_DATA.includes(name));
    report.expect(drawn, where, 'has no picture that is made from data');
  }
};
