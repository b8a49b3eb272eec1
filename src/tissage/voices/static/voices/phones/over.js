// The page that says that the workshop is over, opened anew.
import { openDevice } from "./device.js";
import { end } from "./ending.js";

const root = document.getElementById("over");
end(await openDevice(root.dataset.code), root, root.dataset.page);
