/** `imsmanifest.xml` of SCORM 1.2: one organization, one item, one SCO. */

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export interface Manifest {
  /** Of the package, unique on a platform: letters, digits, `-`, beginning with a letter. */
  identifier: string;
  title: string;
  /** The page that a platform opens. */
  start: string;
  /** All others. */
  files: readonly string[];
}

export function manifest({ identifier, title, start, files }: Manifest): string {
  const file = (path: string) => `      <file href="${escape(encodeURI(path))}"/>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${identifier}" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>${escape(title)}</title>
      <item identifier="part" identifierref="pages">
        <title>${escape(title)}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="pages" type="webcontent" adlcp:scormtype="sco" href="${escape(encodeURI(start))}">
${[start, ...files].map(file).join('')}    </resource>
  </resources>
</manifest>
`;
}
