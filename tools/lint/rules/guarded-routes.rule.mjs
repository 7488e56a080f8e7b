const verbs = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All', 'Sse']);

/** A controller is an `ApiController` (which binds the guard) and every route in it says who may call it. */
export const guardedRoutesRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      bare: 'A bare @Controller has no guard: use @ApiController.',
      open: 'This route does not say who may call it: add @Access.',
    },
  },
  create(context) {
    return {
      'ClassDeclaration > Decorator > CallExpression > Identifier.callee[name="Controller"]'(node) {
        context.report({ node, messageId: 'bare' });
      },
      MethodDefinition(node) {
        const names = decoratorNames(node);
        const isRoute = names.some((name) => verbs.has(name));
        const access = [...names, ...decoratorNames(node.parent.parent)];
        if (isRoute && !access.includes('Access')) context.report({ node: node.key, messageId: 'open' });
      },
    };
  },
};

function decoratorNames(node) {
  return (node.decorators ?? []).map(({ expression }) => (expression.callee ?? expression).name);
}
