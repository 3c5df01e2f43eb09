// The components of Bootstrap Italia that the pages use; each listens for its own data-bs-* attributes.
// Assigned to window because a bundler drops imports that nobody uses.
import Collapse from "bootstrap-italia/dist/plugins/collapse.js";
import Dropdown from "bootstrap-italia/dist/plugins/dropdown.js";
import InputPassword from "bootstrap-italia/dist/plugins/input-password.js";
import Modal from "bootstrap-italia/dist/plugins/modal.js";
import Notification from "bootstrap-italia/dist/plugins/notification.js";
import Tab from "bootstrap-italia/dist/plugins/tab.js";

window.bootstrap = { Collapse, Dropdown, InputPassword, Modal, Notification, Tab };
