import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { type Check, filesOf, lineAt, type Rule, textOf, type Violation } from './report.ts';

const DEAD: Rule = {
  id: 'links',
  why: 'A document that sends its reader nowhere is not read a second time.',
  mend: 'Mend the path, or write down what the link promised.',
};

/** Relative links and pictures of documents lead to something that is there. */
export const links: Check = {
  name: 'links',
  looksAt: 'links between documents',
  run: (root) => {
    const files = filesOf(root).filter((file) => file.endsWith('.md'));
    const violations = files.flatMap((file): Violation[] => {
      const text = textOf(root, file);
      return [...text.matchAll(/\]\((?![a-z]+:|#)([^)\s#]+)(?:#[^)]*)?\)/gu)]
        .filter(([, to]) => !existsSync(join(root, normalize(join(dirname(file), decodeURI(to!))))))
        .map((match) => ({ file, line: lineAt(text, match.index), rule: DEAD, found: `${match[1]} is not there` }));
    });
    return { files: files.length, violations };
  },
};
