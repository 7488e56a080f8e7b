import { relative, sep } from 'node:path';

const empty = ['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'misc', 'base', 'manager', 'impl'];

/** A name says what is inside: no folder and no part of a file's name may be one of the words that say nothing. */
export const pathNamesRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { empty: '"{{word}}" says nothing about what is inside {{path}}: name the thing.' },
  },
  create(context) {
    return {
      Program(node) {
        const path = relative(context.cwd, context.filename).split(sep).join('/');
        const word = path
          .toLowerCase()
          .split(/[/.-]/)
          .find((part) => empty.includes(part));
        if (word) context.report({ node, loc: { line: 1, column: 0 }, messageId: 'empty', data: { word, path } });
      },
    };
  },
};
