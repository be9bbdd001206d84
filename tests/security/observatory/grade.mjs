// The grade that MDN's HTTP Observatory gives to one response, without asking the network: its own
// tests are run on the headers and the page given on standard input as JSON.
//
//     {"headers": [["Name", "value"], …], "html": "…"}  ->  {"grade": "A+", "score": 130, "tests": …}

import { readFileSync } from "node:fs";
import { AxiosHeaders } from "axios";
import { ALL_TESTS } from "@mdn/mdn-http-observatory/src/constants.js";
import { MINIMUM_SCORE_FOR_EXTRA_CREDIT } from "@mdn/mdn-http-observatory/src/grader/charts.js";
import {
  getGradeForScore, getScoreModifier,
} from "@mdn/mdn-http-observatory/src/grader/grader.js";
import { Session } from "@mdn/mdn-http-observatory/src/retriever/session.js";
import { parseHttpEquivHeaders } from "@mdn/mdn-http-observatory/src/retriever/utils.js";
import { Requests } from "@mdn/mdn-http-observatory/src/types.js";

const HOST = "portraits.example";
const given = JSON.parse(readFileSync(0, "utf8"));

function response() {
  const headers = new AxiosHeaders({ "Content-Type": "text/html; charset=utf-8" });
  for (const [name, value] of given.headers) headers.set(name, value);
  return {
    headers, status: 200, statusText: "OK", verified: true, data: given.html,
    request: { headers: new AxiosHeaders() }, config: { headers: new AxiosHeaders() },
    httpEquiv: parseHttpEquivHeaders(given.html, `https://${HOST}/`),
  };
}

const requests = new Requests(HOST);
requests.resources.path = given.html;
requests.session = new Session(new URL(`https://${HOST}/`));
for (const name of ["auto", "cors", "http", "https"]) requests.responses[name] = response();
requests.responses.httpRedirects = [
  { url: new URL(`http://${HOST}/`), status: 301 },
  { url: new URL(`https://${HOST}/`), status: 200 },
];
requests.responses.httpsRedirects = [{ url: new URL(`https://${HOST}/`), status: 200 }];

const tests = {};
let withCredit = 100;
let without = 100;
for (const test of ALL_TESTS) {
  const { result, pass } = test(requests);
  const points = result ? getScoreModifier(result) : 0;
  tests[test.name] = [result, pass, points];
  withCredit += points;
  without += Math.min(points, 0);
}
const score = without >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? withCredit : without;
console.log(JSON.stringify({ ...getGradeForScore(score), tests }));
