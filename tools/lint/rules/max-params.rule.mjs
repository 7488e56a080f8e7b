/** At most four parameters, seven for the constructor of a class that gets its dependencies injected. */
export const maxParamsRule = {
  meta: {
    type: 'suggestion',
    schema: [
      {
        type: 'object',
        properties: { max: { type: 'integer' }, injected: { type: 'integer' } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ max: 4, injected: 7 }],
    messages: { tooMany: '{{count}} parameters, at most {{max}} are allowed.' },
  },
  create(context) {
    const [{ max, injected }] = context.options;
    const check = (node) => {
      const method = node.parent?.type === 'MethodDefinition' ? node.parent : undefined;
      const isInjected = method?.kind === 'constructor' && method.parent.parent.decorators?.length > 0;
      const limit = isInjected ? injected : max;
      const count = node.params.filter((param) => param.type !== 'Identifier' || param.name !== 'this').length;
      if (count > limit) {
        context.report({ node, loc: node.loc.start, messageId: 'tooMany', data: { count, max: limit } });
      }
    };
    return {
      FunctionDeclaration: check,
      FunctionExpression: check,
      ArrowFunctionExpression: check,
      TSEmptyBodyFunctionExpression: check,
      TSDeclareFunction: check,
    };
  },
};
