/** The problem page's island: what happens between opening a problem and reading a verdict. */
import { mount } from "./island/mount";

const root = document.querySelector<HTMLElement>("#island");
if (root !== null) mount(root);
