(function () {
  var root = document.documentElement;
  root.className = 'js';
  function settings() {
    try {
      var theme = localStorage.getItem('prepbook:theme');
      if (theme === 'light' || theme === 'dark') root.setAttribute('data-theme', theme);
      else root.removeAttribute('data-theme');
      root.toggleAttribute('data-no-keys', localStorage.getItem('prepbook:keys') === 'off');
    } catch (e) {
      // Storage is switched off: the system's choice holds.
    }
  }
  settings();
  // Chosen on another page, before this one came back or while it was open.
  addEventListener('pageshow', settings);
  addEventListener('storage', settings);
})();
