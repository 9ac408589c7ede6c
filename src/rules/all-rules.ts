import { enumValueNoDelete, enumValueSameName } from "./enum-value.js";
import {
  fieldNoDelete,
  fieldNoDeleteUnlessNameReserved,
  fieldNoDeleteUnlessNumberReserved,
} from "./field-no-delete.js";
import { fieldSameCardinality, fieldSameJsonName, fieldSameName, fieldSameOneof } from "./field-same.js";
import { fieldSameType, fieldWireCompatibleType } from "./field-type.js";
import { fileNoDelete, fileSamePackage } from "./file.js";
import { lifecycleFrozen } from "./lifecycle-frozen.js";
import { lifecycleMove } from "./lifecycle-move.js";
import { lifecycleReference } from "./lifecycle-reference.js";
import { lifecycleRemoval } from "./lifecycle-removal.js";
import { reservedMessageNoDelete } from "./reserved-message-no-delete.js";
import { rpcNoDelete, rpcSameRequestType, rpcSameResponseType } from "./rpc.js";
import type { Rule } from "./rule.js";
import { enumNoDelete, messageNoDelete, serviceNoDelete } from "./type-no-delete.js";

/** Every rule there is; which are asked is up to their categories. */
export const allRules: readonly Rule[] = [
  fileNoDelete,
  fileSamePackage,
  messageNoDelete,
  enumNoDelete,
  serviceNoDelete,
  fieldNoDelete,
  fieldNoDeleteUnlessNumberReserved,
  fieldNoDeleteUnlessNameReserved,
  fieldSameName,
  fieldSameType,
  fieldWireCompatibleType,
  fieldSameCardinality,
  fieldSameOneof,
  fieldSameJsonName,
  reservedMessageNoDelete,
  enumValueNoDelete,
  enumValueSameName,
  rpcNoDelete,
  rpcSameRequestType,
  rpcSameResponseType,
  lifecycleMove,
  lifecycleFrozen,
  lifecycleRemoval,
  lifecycleReference,
];
