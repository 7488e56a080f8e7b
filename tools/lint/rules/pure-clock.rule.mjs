const nowReaders = { Date: ['now'], performance: ['now'], Math: ['random'], crypto: ['randomUUID', 'getRandomValues'] };
const worldGlobals = new Set([
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame'],
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'process', 'require'],
]);

/** What decides takes `now` as an argument: no clock, no chance, no timer and no network in a pure library. */
export const pureClockRule = {
  meta: { type: 'problem', schema: [], messages: { impure: '{{what}} has no place in a pure library: pass it in.' } },
  create(context) {
    const { sourceCode } = context;
    const isGlobal = (identifier) => {
      const scope = sourceCode.getScope(identifier);
      const reference = scope.references.find((candidate) => candidate.identifier === identifier);
      return !reference?.resolved || reference.resolved.defs.length === 0;
    };
    const report = (node, what) => context.report({ node, messageId: 'impure', data: { what } });
    return {
      MemberExpression(node) {
        if (node.object.type !== 'Identifier' || node.computed || !isGlobal(node.object)) return;
        if (nowReaders[node.object.name]?.includes(node.property.name)) report(node, sourceCode.getText(node));
      },
      'NewExpression, CallExpression'(node) {
        if (node.callee.type !== 'Identifier' || !isGlobal(node.callee)) return;
        const readsClock =
          node.callee.name === 'Date' && (node.arguments.length === 0 || node.type === 'CallExpression');
        if (readsClock) report(node, 'Date() without an argument');
      },
      Identifier(node) {
        const isProperty =
          node.parent.type === 'MemberExpression' && node.parent.property === node && !node.parent.computed;
        const isKey = node.parent.type === 'Property' && node.parent.key === node && !node.parent.computed;
        if (!isProperty && !isKey && worldGlobals.has(node.name) && isReference(node, sourceCode) && isGlobal(node)) {
          report(node, node.name);
        }
      },
    };
  },
};

function isReference(node, sourceCode) {
  return sourceCode.getScope(node).references.some((reference) => reference.identifier === node);
}
