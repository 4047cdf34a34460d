// A link to this page carries the user name and the code behind the "#", which no server sees.
const [username, code] = decodeURIComponent(location.hash.slice(1)).split("/");
if (code) {
  document.getElementById("id_username").value = username;
  document.getElementById("id_code").value = code;
  history.replaceState(null, "", location.pathname);
}
