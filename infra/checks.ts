// What is held against the template before it is deployed, apart from app.ts because loading it takes longer than a
// synthesis. A finding is answered where the resource is made, with `Validations.of(…).acknowledge` and a reason.
import {
  type App,
  CloudFormationValidatePlugin,
  type IPolicyValidationPlugin,
  Validations,
} from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'

/**
 * Has `app.synth()` check the template against CloudFormation's schemas and AWS Solutions' rules, into
 * validation-report.json.
 */
export const addChecks = (app: App): void => {
  // Its `version` is `string | undefined`, the interface's an optional string: the same but to
  // exactOptionalPropertyTypes.
  const schemas = new CloudFormationValidatePlugin() as IPolicyValidationPlugin
  Validations.of(app).addPlugins(schemas, new AwsSolutionsChecks(app))
}
