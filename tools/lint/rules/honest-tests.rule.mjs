const shortForms = new Set(['fit', 'fdescribe', 'xit', 'xtest', 'xdescribe']);
const blocks = new Set(['it', 'test', 'describe']);
const exceptions = new Set(['only', 'skip', 'todo', 'fixme', 'failing']);

/** Every test runs and says something: none focused, none skipped, none called "should be defined", none with a count of examples of its own. */
export const honestTestsRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      exception: '{{what}} hides tests: run them all or delete them.',
      defined: 'That a thing is defined is no story: say what the user gets.',
      runs: 'How many examples a property draws is known in tools/jest/property.setup.cjs: take all or a share.',
    },
  },
  create(context) {
    return {
      'CallExpression > Identifier.callee'(node) {
        if (shortForms.has(node.name)) {
          context.report({ node, messageId: 'exception', data: { what: node.name } });
        }
      },
      MemberExpression(node) {
        if (node.object.type === 'Identifier' && blocks.has(node.object.name) && exceptions.has(node.property.name)) {
          const what = `${node.object.name}.${node.property.name}`;
          context.report({ node, messageId: 'exception', data: { what } });
        }
      },
      'CallExpression[callee.object.name="fc"][callee.property.name="assert"] Property[key.name="numRuns"] > Literal'(
        node,
      ) {
        context.report({ node, messageId: 'runs' });
      },
      'CallExpression[callee.name=/^(it|test)$/] > Literal:first-child'(node) {
        if (/should be defined/i.test(String(node.value))) context.report({ node, messageId: 'defined' });
      },
    };
  },
};
