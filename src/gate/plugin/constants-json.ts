import { procedures, typeUrl } from "./constants.js";
import { pluginCategories, pluginRules } from "./plugin-rules.js";

/** The same as JSON, which the protocol knows besides: for people, as buf asks for binary. */
export const constantsJson = {
  spec: (): object => ({ procedures }),
  "list-rules": (): object => ({
    value: {
      "@type": typeUrl("ListRulesResponse"),
      rules: pluginRules.map(({ id, categories, isDefault, purpose, type }) => ({
        id,
        categoryIds: categories,
        default: isDefault,
        purpose,
        type: type === "lint" ? "RULE_TYPE_LINT" : "RULE_TYPE_BREAKING",
      })),
    },
  }),
  "list-categories": (): object => ({
    value: { "@type": typeUrl("ListCategoriesResponse"), categories: pluginCategories },
  }),
} as const;
