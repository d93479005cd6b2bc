// What the tests in Firefox share: a real Firefox, driven by WebDriver BiDi, and what it prints.
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { folder, PATIENCE } from "./browser.mjs";

/** Real Firefox, as Debian ships it. */
export const firefox = () => puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr" });

const papers = { A4: { width: "210mm", height: "297mm" }, Letter: { width: "8.5in", height: "11in" } };

/** Prints a page as its reader does, without backgrounds, and returns where the file is. */
export const printedBy = async (page, format) => {
  const path = join(folder(), "page.pdf");
  await page.pdf({ path, ...papers[format], printBackground: false, timeout: PATIENCE });
  return path;
};
