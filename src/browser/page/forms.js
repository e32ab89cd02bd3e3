// What happens to forms that have a name: which field, counted from 0, and never what is in it or what it is called.

import { finally_, listen } from './life.js';

const FORM_KINDS = { focusin: 'focus', focusout: 'blur', input: 'touch', change: 'touch', invalid: 'error', submit: 'sent' };

/** Changes of a field are told no more often than this, in milliseconds. */
const TOUCHES = 250;

export const watchForms = (send, host) => {
  let touched;

  const tell = (form, kind, field) => {
    // Attributes, because a field called "id" hides the form's own property.
    const id = form?.getAttribute('data-bharosa-form') || form?.getAttribute('id');
    if (id) send('form', { id, kind, field: field && [].indexOf.call(form.elements, field) });
  };

  listen(document, Object.keys(FORM_KINDS).join(' '), ({ type, target, relatedTarget, timeStamp }) => {
    const kind = FORM_KINDS[type];
    const { form } = target;
    if (kind === 'sent') {
      // Once the page has had its say: what it finds wrong is not sent.
      setTimeout(() => target.querySelector('[aria-invalid=true]') || tell(target, kind));
    } else if (kind === 'blur') {
      // From field to field, to another window, or to us for help: the visitor has not left it.
      if (!relatedTarget || relatedTarget.form === form || relatedTarget === host) return;
      // After "sent", if that is why.
      setTimeout(() => tell(form, kind));
    } else {
      if (kind === 'touch') {
        if (touched?.target === target && timeStamp - touched.at < TOUCHES) return;
        touched = { target, at: timeStamp };
      }
      tell(form, kind, target);
    }
  });

  // Pages that check by themselves mark a field so.
  const marks = new MutationObserver((changes) => {
    for (const { target, oldValue } of changes) {
      if (target.ariaInvalid === 'true' && oldValue !== 'true') tell(target.form, 'error', target);
    }
  });
  marks.observe(document, { subtree: true, attributeFilter: ['aria-invalid'], attributeOldValue: true });
  finally_(() => marks.disconnect());
};
