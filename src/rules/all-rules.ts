import {
  confluentFieldSameKind,
  confluentFieldSameNamedType,
  confluentFieldSameNumericLabel,
  confluentFieldSameScalarKind,
} from "./confluent/field.js";
import {
  confluentFileSamePackage,
  confluentMessageNoDelete,
  confluentMessageSameRequiredFields,
} from "./confluent/message.js";
import { confluentFieldSameOneof, confluentOneofFieldNoDelete } from "./confluent/oneof.js";
import { enumSameJsonFormat, enumSameType } from "./enum-same.js";
import {
  enumValueNoDelete,
  enumValueNoDeleteUnlessNameReserved,
  enumValueNoDeleteUnlessNumberReserved,
  enumValueSameName,
} from "./enum-value.js";
import { enumValueNoAddToClosed } from "./enum-value-no-add-to-closed.js";
import {
  fieldSameCardinality,
  fieldWireCompatibleCardinality,
  fieldWireJsonCompatibleCardinality,
} from "./field-cardinality.js";
import {
  fieldNoDelete,
  fieldNoDeleteUnlessNameReserved,
  fieldNoDeleteUnlessNumberReserved,
} from "./field-no-delete.js";
import { fieldNoNarrowing } from "./field-no-narrowing.js";
import { fieldNumberReused } from "./field-number-reused.js";
import {
  fieldSameCppStringType,
  fieldSameJavaUtf8Validation,
  fieldSameJstype,
  fieldSameUtf8Validation,
} from "./field-representation.js";
import { fieldSameJsonName, fieldSameName, fieldSameOneof } from "./field-same.js";
import { fieldSameDefault } from "./field-same-default.js";
import { fieldSamePacked } from "./field-same-packed.js";
import { fieldSamePresence } from "./field-same-presence.js";
import { fieldSameType, fieldWireCompatibleType, fieldWireJsonCompatibleType } from "./field-type.js";
import { fileNoDelete, fileSamePackage, fileSameSyntax } from "./file.js";
import { fileSameOption } from "./file-same-option.js";
import { importPublicNoDelete } from "./import-public-no-delete.js";
import { lifecycleAdvice } from "./lifecycle/advice.js";
import { lifecycleAge } from "./lifecycle/age.js";
import { lifecycleDeprecatedOption, lifecycleReason } from "./lifecycle/deprecated.js";
import { lifecycleFrozen } from "./lifecycle/frozen.js";
import { lifecycleGraduation } from "./lifecycle/graduation.js";
import { lifecycleMove } from "./lifecycle/move.js";
import { lifecycleReference } from "./lifecycle/reference.js";
import { lifecycleRemoval } from "./lifecycle/removal.js";
import { lifecycleReplacement } from "./lifecycle/replacement.js";
import { lifecycleSunset } from "./lifecycle/sunset.js";
import { lifecycleTerms } from "./lifecycle/terms.js";
import { lifecycleTombstone } from "./lifecycle/tombstone.js";
import { lifecycleUnannotated } from "./lifecycle/unannotated.js";
import {
  extensionMessageNoDelete,
  messageNoRemoveStandardDescriptorAccessor,
  messageSameJsonFormat,
  messageSameRequiredFields,
  oneofNoDelete,
} from "./message.js";
import { optionSame } from "./option-same.js";
import {
  packageEnumNoDelete,
  packageExtensionNoDelete,
  packageMessageNoDelete,
  packageNoDelete,
  packageServiceNoDelete,
} from "./package-no-delete.js";
import { reservedEnumNoDelete, reservedMessageNoDelete } from "./reserved-no-delete.js";
import {
  rpcNoDelete,
  rpcSameClientStreaming,
  rpcSameIdempotencyLevel,
  rpcSameRequestType,
  rpcSameResponseType,
  rpcSameServerStreaming,
} from "./rpc.js";
import type { Rule } from "./rule.js";
import { symbolSameVisibility } from "./symbol-same-visibility.js";
import { enumNoDelete, extensionNoDelete, messageNoDelete, serviceNoDelete } from "./type-no-delete.js";
import { enumPreciseValues } from "./wire-precise/enum.js";
import {
  fieldPreciseCardinality,
  fieldPreciseDefault,
  fieldPreciseOneof,
  fieldPrecisePresence,
  fieldPreciseType,
  fieldPreciseUtf8,
} from "./wire-precise/field.js";
import { fieldPreciseRequired } from "./wire-precise/required.js";
import { reservedPreciseNumbers } from "./wire-precise/reserved.js";
import { rpcPreciseRequestType, rpcPreciseResponseType } from "./wire-precise/rpc.js";

/** Every rule there is; which are asked is up to their categories. */
export const allRules: readonly Rule[] = [
  fileNoDelete,
  fileSamePackage,
  fileSameSyntax,
  ...fileSameOption,
  packageNoDelete,
  packageMessageNoDelete,
  packageEnumNoDelete,
  packageExtensionNoDelete,
  packageServiceNoDelete,
  messageNoDelete,
  enumNoDelete,
  extensionNoDelete,
  serviceNoDelete,
  fieldNoDelete,
  fieldNoDeleteUnlessNumberReserved,
  fieldNoDeleteUnlessNameReserved,
  fieldSameName,
  fieldSameType,
  fieldWireCompatibleType,
  fieldWireJsonCompatibleType,
  fieldSameCardinality,
  fieldWireCompatibleCardinality,
  fieldWireJsonCompatibleCardinality,
  fieldSameDefault,
  fieldSameOneof,
  fieldSameJsonName,
  fieldSameUtf8Validation,
  fieldSameJavaUtf8Validation,
  fieldSameCppStringType,
  fieldSameJstype,
  oneofNoDelete,
  messageSameRequiredFields,
  messageSameJsonFormat,
  messageNoRemoveStandardDescriptorAccessor,
  extensionMessageNoDelete,
  reservedMessageNoDelete,
  reservedEnumNoDelete,
  enumSameType,
  enumSameJsonFormat,
  enumValueNoDelete,
  enumValueNoDeleteUnlessNumberReserved,
  enumValueNoDeleteUnlessNameReserved,
  enumValueSameName,
  rpcNoDelete,
  rpcSameRequestType,
  rpcSameResponseType,
  rpcSameClientStreaming,
  rpcSameServerStreaming,
  rpcSameIdempotencyLevel,
  lifecycleMove,
  lifecycleFrozen,
  lifecycleRemoval,
  lifecycleReference,
  lifecycleSunset,
  lifecycleAge,
  lifecycleTombstone,
  lifecycleReplacement,
  lifecycleReason,
  lifecycleDeprecatedOption,
  lifecycleAdvice,
  lifecycleTerms,
  lifecycleGraduation,
  lifecycleUnannotated,
  confluentFileSamePackage,
  confluentMessageNoDelete,
  confluentMessageSameRequiredFields,
  confluentFieldSameKind,
  confluentFieldSameScalarKind,
  confluentFieldSameNamedType,
  confluentFieldSameNumericLabel,
  confluentFieldSameOneof,
  confluentOneofFieldNoDelete,
  importPublicNoDelete,
  symbolSameVisibility,
  fieldNumberReused,
  fieldNoNarrowing,
  fieldSamePresence,
  fieldSamePacked,
  enumValueNoAddToClosed,
  optionSame,
  fieldPreciseType,
  fieldPreciseCardinality,
  fieldPrecisePresence,
  fieldPreciseRequired,
  fieldPreciseDefault,
  fieldPreciseOneof,
  fieldPreciseUtf8,
  enumPreciseValues,
  reservedPreciseNumbers,
  rpcPreciseRequestType,
  rpcPreciseResponseType,
];
