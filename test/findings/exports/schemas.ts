import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { default as formats } from 'ajv-formats';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';

function read(name: string): string {
  return readFileSync(join(import.meta.dirname, 'schemas', name), 'utf8');
}

/** Says what is wrong with a value; nothing if all is right. */
export type Judge = (value: unknown) => readonly string[];

/**
 * SARIF 2.1.0 by OASIS: https://github.com/oasis-tcs/sarif-spec, Schemata/sarif-schema-2.1.0.json, as the crate serde-sarif 0.8.0 (MIT) carries it. Its patterns
 * are of the older kind, without Unicode.
 */
export function sarifJudge(): Judge {
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  formats.default(ajv);
  return judgeOf(ajv, read('sarif-2.1.0.json'));
}

/**
 * OCSF 1.5.0, class compliance_finding with the profile cloud and every object that it holds: https://schema.ocsf.io/1.5.0/export/schema (Apache-2.0), made a
 * JSON Schema by the Python package ocsf-json-schema 1.2.0 (MIT). It lets no attribute pass that the class does not have.
 */
export function ocsfJudge(): Judge {
  return judgeOf(new Ajv2020({ allErrors: true, strict: false }), read('ocsf-1.5.0-compliance-finding.json'));
}

/** JUnit XML as Jenkins takes it: https://github.com/jenkinsci/xunit-plugin, junit-10.xsd at ae25da5089d4f94ac6c4669bf736e4d416cc4665 (MIT). */
export function junitJudge(): (xml: string) => readonly string[] {
  const schema = XmlDocument.fromString(read('junit-10.xsd'));
  const validator = XsdValidator.fromDoc(schema);
  return (xml) => {
    const document = XmlDocument.fromString(xml);
    try {
      validator.validate(document);
      return [];
    } catch (error) {
      return [String(error)];
    } finally {
      document.dispose();
    }
  };
}

function judgeOf(ajv: Ajv | Ajv2020, schema: string): Judge {
  const validate = ajv.compile(JSON.parse(schema));
  return (value) => (validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`));
}
