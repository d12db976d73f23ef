function o(n){n.hidden=!1}var e=document.querySelector("#island");e!==null&&o(e);
