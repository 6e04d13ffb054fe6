// A host of one's own in front of the API: its certificate, the domain of API Gateway, its record; and the API's own
// host shut, so that there is one way in.
import type { Stack } from 'aws-cdk-lib'
import {
  ApiMapping,
  DomainName,
  type HttpApi,
  type HttpStage,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager'
import { ARecord, AaaaRecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53'
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets'
import { Bucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import type { Domain } from './stage.ts'

/**
 * Returns what leads to the API.
 *
 * @param host what callers sign, a host of the domain's zone
 */
export const addDomain = (
  stack: Stack,
  { host, domain }: { host: string; domain: Domain },
  { httpApi, stage }: { httpApi: HttpApi; stage: HttpStage },
): readonly Construct[] => {
  const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    hostedZoneId: domain.zoneId,
    zoneName: domain.zone,
  })
  const { mtls } = domain
  const name = new DomainName(stack, 'Domain', {
    domainName: host,
    certificate: new Certificate(stack, 'Certificate', {
      domainName: host,
      validation: CertificateValidation.fromDns(zone),
    }),
    securityPolicy: SecurityPolicy.TLS_1_2,
    ...(mtls && {
      mtls: {
        bucket: Bucket.fromBucketName(stack, 'TrustStore', mtls.bucket),
        key: mtls.key,
        ...(mtls.version !== undefined && { version: mtls.version }),
      },
    }),
  })
  const target = RecordTarget.fromAlias(
    new ApiGatewayv2DomainProperties(name.regionalDomainName, name.regionalHostedZoneId),
  )
  const record = { zone, recordName: `${host}.`, target }
  return [
    new ApiMapping(stack, 'Mapping', { api: httpApi, domainName: name, stage }),
    new ARecord(stack, 'Record', record),
    new AaaaRecord(stack, 'RecordIPv6', record),
  ]
}
